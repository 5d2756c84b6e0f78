namespace Idp.Sandbox.Tests.Contract;

/// <summary>Something that the client can ask of GitHub, with a name for messages.</summary>
/// <param name="Name">Also the name of the repository that it works on.</param>
/// <param name="Run">Asks, and checks that what came back is what the call is about.</param>
internal sealed record ContractCall(string Name, Func<ContractSession, Task> Run);
