namespace Idp.CrdGenerator;

/// <summary>One file that the code decides.</summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Content">The whole file.</param>
internal sealed record GeneratedFile(string Path, string Content);
