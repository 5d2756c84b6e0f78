namespace Idp.Sandbox.GitHub;

/// <summary>How long a repository that was made from a template stays without its files, as it does at GitHub: until both are over.</summary>
/// <param name="Requests">So many requests for the repository still find it empty.</param>
/// <param name="Time">For so long, by the server's clock, it is empty.</param>
public sealed record TemplateDelay(int Requests, TimeSpan Time)
{
    /// <summary>The files are there with the answer.</summary>
    public static readonly TemplateDelay None = new(0, TimeSpan.Zero);
}
