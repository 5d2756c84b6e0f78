namespace Idp.GitHub.Tests;

/// <summary>Scaffolds to write.</summary>
internal static class Scaffolds
{
    public static readonly CommitAuthor Author =
        new("Internal Developer Platform", "platform@acme.dev", new DateTimeOffset(2026, 2, 28, 23, 59, 58, 700, TimeSpan.FromHours(2)));

    /// <summary>
    /// Nested folders, an executable, other scripts in names and text, CRLF, an empty file, bytes that are no text.
    /// </summary>
    public static Scaffold Rich { get; } = new()
    {
        Message = "Start payment-service from python-fastapi 1.2.0\n\nGrüße, 世界\n",
        Author = Author,
        Files =
        [
            RepositoryFile.Text("README.md", "# payment-service\n\nZahlungen – 支払い – 💳\n"),
            RepositoryFile.Text("src/app/main.py", "print('hello')\r\nprint('no newline at the end')"),
            RepositoryFile.Text("src/app.py", "# sorts before the folder app\n"),
            RepositoryFile.Text("scripts/run.sh", "#!/bin/sh\nexec python -m app\n", executable: true),
            RepositoryFile.Text(".github/workflows/build.yaml", "on: [push]\n"),
            RepositoryFile.Text("empty", ""),
            RepositoryFile.Text("docs/Übersicht & Plan 100%.md", "ok\n"),
            new RepositoryFile { Path = "logo.png", Content = new byte[] { 0x89, 0x50, 0x4e, 0x47, 0x00, 0xff, 0xfe } },
        ],
    };

    /// <summary>Text alone.</summary>
    public static Scaffold Plain { get; } = Rich with { Files = [.. Rich.Files.Where(file => file.Path != "logo.png")] };
}
