using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Idp.Operator.GoldenPaths;

namespace Idp.Operator.Tests.GoldenPaths;

/// <summary>Templates that want more than to be templates: each is refused with its place, and a good one beside it is offered all the same.</summary>
public sealed class HostileTemplateTest : IDisposable
{
    private const string Manifest = "name: evil\nversion: 1.0.0\n";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TemplateFolder _folder = new();

    public static TheoryData<string, Action<TemplateFolderOfAttack>, string> Attacks => new()
    {
        // Links, which lead out of the tree or in circles.
        { "a link to a file", at => at.Link("skeleton/passwd", "/etc/passwd"), "evil/skeleton/passwd: is a link" },
        { "a relative link", at => at.Link("skeleton/up", "../../good/template.yaml"), "evil/skeleton/up: is a link" },
        { "a link to a folder", at => at.Link("skeleton/etc", "/etc"), "evil/skeleton/etc: is a link" },
        { "a link far down", at => at.Link("skeleton/a/b/c/d", "/etc"), "evil/skeleton/a/b/c/d: is a link" },
        { "a link to nowhere", at => at.Link("skeleton/x", "/nowhere"), "evil/skeleton/x: is a link" },
        { "a link in a circle", at => at.Link("skeleton/x", "."), "evil/skeleton/x: is a link" },
        { "a skeleton that is a link", at => at.Link("skeleton", "/etc"), "evil/skeleton: is a link" },
        { "a manifest that is a link", at => at.Link("template.yaml", "/etc/passwd"), "evil/template.yaml: is a link" },

        // Paths that are another one elsewhere.
        { "a backslash", at => at.File(@"skeleton/..\..\x"), @"evil/skeleton/..\..\x: is not a path that every file system takes" },
        { "a drive", at => at.File("skeleton/C:x"), "evil/skeleton/C:x: is not a path" },
        { "a stream of NTFS", at => at.File("skeleton/a::$INDEX_ALLOCATION"), "INDEX_ALLOCATION: is not a path" },
        { "percent", at => at.File("skeleton/%2e%2e"), "evil/skeleton/%2e%2e: is not a path" },
        { "three dots", at => at.File("skeleton/.../x"), "evil/skeleton/.../x: has a part that is empty" },
        { "a dot at the end", at => at.File("skeleton/x."), "evil/skeleton/x.: has a part that is empty" },
        { "a blank at the end", at => at.File("skeleton/x "), "evil/skeleton/x : has a part" },
        { "a line break", at => at.File("skeleton/x\ny"), "evil/skeleton/x\ny: is not a path" },
        { "full-width dots", at => at.File("skeleton/\uff0e\uff0e"), "evil/skeleton/\uff0e\uff0e: is not a path" },
        { "one-dot leaders", at => at.File("skeleton/\u2024\u2024"), "is not a path" },
        { "another slash", at => at.File("skeleton/a\u2215b"), "is not a path" },
        { "a letter in two parts", at => at.File("skeleton/u\u0308ber"), "is not a path" },
        { "a placeholder that climbs", at => at.File("skeleton/{{ description }}"), "'description' can be any text" },

        // Git's own folder, and what is that elsewhere.
        { ".git", at => at.File("skeleton/.git/config"), "evil/skeleton/.git/config: reaches into Git's own folder" },
        { ".GIT", at => at.File("skeleton/a/.GIT/hooks/post-checkout"), "reaches into Git's own folder" },
        { "git~1", at => at.File("skeleton/GIT~1/config"), "reaches into Git's own folder" },
        { "a zero-width .git", at => at.File("skeleton/.g\u200cit/config"), "is not a path" },
        { ".git and a blank", at => at.File("skeleton/.git /config"), "has a part that is empty" },
        { ".idp", at => at.File("skeleton/.IDP/repository.json"), "reaches into .idp" },

        // Two that are one elsewhere.
        { "upper and lower case", at => at.File("skeleton/Readme.md").File("skeleton/README.md"), "evil/skeleton/Readme.md: is 'README.md' where" },
        { "a file and a folder", at => at.File("skeleton/SRC").File("skeleton/src/x"), "evil/skeleton/src/x: lies in 'src', which is the file 'SRC' where" },

        // Devices of Windows.
        { "CON", at => at.File("skeleton/CON"), "evil/skeleton/CON: has a part that is a device of Windows" },
        { "aux with an extension", at => at.File("skeleton/aux.c"), "a device of Windows, 'aux.c'" },
        { "a folder NUL", at => at.File("skeleton/nul/x"), "a device of Windows, 'nul'" },
        { "COM1", at => at.File("skeleton/Com1.tar.gz"), "a device of Windows" },

        // Sizes.
        { "50 MB", at => at.Huge("skeleton/model.bin", 50 << 20), "evil/skeleton/model.bin: is too large" },
        { "many that are large", at => at.Many("skeleton/{0}.bin", 9, 1 << 20), "evil/skeleton/8.bin: is too large: 1048576 bytes a file and 8388608 in all" },
        { "100,000 files", at => at.Many("skeleton/{0}", 100_000, 0), "evil/skeleton: cannot be read: it holds more than 2000 files and folders" },
        { "1,000 files", at => at.Many("skeleton/{0}", 1000, 0), "is one too many: a skeleton holds more than 500 files" },
        { "folders without end", at => at.Folder("skeleton/" + string.Join('/', Enumerable.Repeat("d", 100))), "lies deeper than 32 folders" },
        { "folders and nothing else", at => at.Many("skeleton/a{0}/b/", 1500, 0), "is one more than the 2000 files and folders" },
        { "a manifest of 50 MB", at => at.Huge("template.yaml", 50 << 20), "evil/template.yaml: is too large" },

        { "lines without end", at => at.Bytes("skeleton/a", [.. "{{ application }}"u8, .. Enumerable.Repeat((byte)'\n', 1_000_000)]), "evil/skeleton/a: has more than 20000 lines" },
        { "openings without end", at => at.Bytes("skeleton/a", Enumerable.Repeat("${{ "u8.ToArray(), 200_000).SelectMany(part => part)), "evil/skeleton/a:1:2: this {{ begins no placeholder" },
        { "errors without end", at => at.Bytes("skeleton/a", Enumerable.Repeat("{{\n"u8.ToArray(), 19_000).SelectMany(line => line)), "evil/skeleton/a:1:1: this {{ begins no placeholder" },

        // What YAML can do.
        { "a bomb of aliases", at => at.Text(Manifest + Bomb()), "more than 100000 values, aliases counted in full" },
        { "depth", at => at.Text(Manifest + "parameters: " + new string('[', 10_000)), "evil/template.yaml:3:" },
        { "a tag of a program", at => at.Text(Manifest + "description: !!python/object/apply:os.system [ls]\n"), "evil/template.yaml:3:14: the tag" },
        { "a merge key", at => at.Text(Manifest + "<<: {a: b}\n"), "evil/template.yaml:3:1: merge keys" },
        { "5,000 parameters", at => at.Text(Manifest + "parameters:\n" + Lines(5_000, "  - {{name: p{0}, type: string}}")), "parameters: are at most 64" },
        { "10,000 values", at => at.Text(Manifest + $"parameters: [{{name: p, type: enum, default: v0, values: [{string.Join(", ", Enumerable.Range(1, 9_999).Select(index => $"v{index}"))}]}}]"), "values: are at most 200" },
        { "what the parser stumbles over", at => at.Text(Manifest + $"parameters: [{Lines(9_999, "v{0},")}x]"), "evil/template.yaml:" },
        { "5,000 rules", at => at.Text(Manifest + "files:\n" + Lines(5_000, "  - {{path: a.txt}}")), "files: are at most 200 rules" },
        { "text without end", at => at.Text($"{Manifest}description: {new string('x', 200_000)}\n"), "description: has at most 1000 characters" },

        // Regular expressions that take time without end.
        { "look behind", at => at.Text(Pattern("(?<=a)b")), "pattern: is not a regular expression that can be used" },
        { "back references", at => at.Text(Pattern(@"(a+)+\1")), "pattern: is not a regular expression that can be used" },
        { "counts of counts", at => at.Text(Pattern("((a{1,999}){1,999}){1,999}")), "pattern: is not a regular expression that can be used" },
        { "brackets without end", at => at.Text(Pattern(new string('(', 5_000) + new string(')', 5_000))), "pattern: has at most 500 characters" },

        // Bytes that are no text, and files that are none.
        { "invalid UTF-8", at => at.Bytes("template.yaml", [.. "name: evil\nversion: 1"u8, 0xC3, 0x28]), "evil/template.yaml:2:11: is no UTF-8 text from here on" },
        { "UTF-16", at => at.Bytes("template.yaml", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Manifest))), "evil/template.yaml:1:1: is no UTF-8" },
        { "a manifest that is a folder", at => at.Folder("template.yaml"), "evil/template.yaml: is a folder, and must be a file" },
        { "a manifest that is a pipe", at => at.Pipe("template.yaml"), "evil/template.yaml: is a pipe, socket or device" },
        { "a pipe among the files", at => at.Pipe("skeleton/pipe"), "evil/skeleton/pipe: is a pipe, socket or device" },
        { "a socket among the files", at => at.Socket("skeleton/s"), "evil/skeleton/s: is a pipe, socket or device" },
        { "a skeleton that is a pipe", at => at.Pipe("skeleton"), "evil/skeleton: is a pipe, socket or device" },
        { "a skeleton that is a file", at => at.File("skeleton"), "evil/skeleton: is a file, and must be a folder" },
    };

    [Theory]
    [MemberData(nameof(Attacks), DisableDiscoveryEnumeration = true)]
    public async Task IsRefusedWithItsPlace_AndHoldsUpNobody(string what, Action<TemplateFolderOfAttack> attack, string expected)
    {
        _folder.Offer("good", "1.0.0");
        _folder.Write("evil/template.yaml", Manifest);
        using var evil = new TemplateFolderOfAttack(_folder.Full("evil"));
        attack(evil);
        evil.FillUp();

        var catalog = await Task.Run(_folder.Read).WaitAsync(Patience);

        catalog.Names.Should().Equal(["good"], what);
        catalog.Errors.Select(error => error.ToString().Replace($"{_folder.Root}/", "", StringComparison.Ordinal))
            .Should().Contain(error => error.Contains(expected, StringComparison.Ordinal)).And.HaveCountLessThan(102, "an error for each of 100,000 files helps nobody");
    }

    [Fact]
    public void AGoldenPathThatIsALink_IsRefused()
    {
        _folder.Offer("good", "1.0.0");
        Directory.CreateSymbolicLink(_folder.Full("evil"), _folder.Full("good"));

        _folder.Errors().Should().Equal("evil: is a link: a golden path is a folder");
        _folder.Read().Names.Should().Equal("good");
    }

    [Fact]
    public void AVersionThatIsALink_IsRefused_AndTheOthersStay()
    {
        _folder.Offer("web", "1.0.0");
        Directory.CreateSymbolicLink(_folder.Full("web/2.0.0"), _folder.Full("web"));

        _folder.Errors().Should().Equal("web/2.0.0: is a link: a version is a folder");
        _folder.Read().VersionsOf("web").Should().Equal("1.0.0");
    }

    [Fact]
    public void AFileThatMustNotBeRead_IsNamed()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            return;
        }

        _folder.Offer("evil", "1.0.0");
        File.SetUnixFileMode(_folder.Full("evil/skeleton/a.txt"), UnixFileMode.None);

        _folder.Errors().Should().ContainSingle().Which.Should().StartWith("evil/skeleton/a.txt: cannot be read: ");
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../etc")]
    [InlineData("/etc")]
    [InlineData(".git")]
    [InlineData("a/../../b")]
    [InlineData("nul")]
    [InlineData("C:")]
    public void AValueThatWouldLeadAPathElsewhere_IsRefusedForItsApplicationAlone(string value)
    {
        _folder.Offer("web", "1.0.0", "parameters: [{name: dir, type: string, pattern: '.*', default: src}]\n");
        _folder.Write("web/skeleton/{{ parameters.dir }}/x");
        var path = _folder.Read().Find("web", VersionRange.Any)!;
        GoldenPathRenderer.Render(path, GoldenPathRendererTest.Input()).Select(file => file.Path).Should().Contain("src/x");

        var render = () => GoldenPathRenderer.Render(path, GoldenPathRendererTest.Input() with { Parameters = new Dictionary<string, string> { ["dir"] = value } });

        render.Should().Throw<GoldenPathParameterException>().WithMessage("The path *");
    }

    [Theory]
    [InlineData("A.TXT", "The path '*' is written twice.")]
    [InlineData("a.txt/b", "The path 'a.txt' is written both as a file and as a folder.")]
    public void TwoThatBecomeOneByTheirValues_AreRefused(string value, string message)
    {
        _folder.Offer("web", "1.0.0", "parameters: [{name: file, type: string, pattern: '.*', default: b.txt}]\n");
        _folder.Write("web/skeleton/{{ parameters.file }}");
        var path = _folder.Read().Find("web", VersionRange.Any)!;

        var render = () => GoldenPathRenderer.Render(path, GoldenPathRendererTest.Input() with { Parameters = new Dictionary<string, string> { ["file"] = value } });

        render.Should().Throw<GoldenPathParameterException>().WithMessage(message);
    }

    [Fact]
    public void ARegularExpressionThatWouldTakeForEver_TakesNoTime()
    {
        var parameter = new GoldenPathParameter { Name = "p", Type = ParameterType.Text, Pattern = "(a+)+(b|c+)*d" };
        var started = Stopwatch.GetTimestamp();

        ParameterValues.Problem(parameter, new string('a', 1000) + "!").Should().StartWith("must fit");

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(Patience);
    }

    [Fact]
    public void LineEndsAreKept_AndBytesThatAreNoTextAreTakenAsTheyAre()
    {
        _folder.Write("web/template.yaml", "name: web\r\nversion: 1.0.0\r\n");
        _folder.Write("web/skeleton/a.bat", "{{? system }}never\r\necho {{ application }}\r\n");
        File.WriteAllBytes(_folder.Full("web/skeleton/b.bin"), [.. "{{ application }}"u8, 0xFF]);

        var files = GoldenPathRenderer.Render(_folder.Read().Find("web", VersionRange.Any)!, GoldenPathRendererTest.Input());

        Encoding.UTF8.GetString(files[0].Content.Span).Should().Be("echo pay\r\n");
        files[1].Content.ToArray().Should().Equal([.. "{{ application }}"u8, 0xFF]);
    }

    public void Dispose() => _folder.Dispose();

    private static string Pattern(string pattern) => $"{Manifest}parameters: [{{name: p, type: string, required: true, pattern: '{pattern}'}}]\n";

    private static string Lines(int count, string format) =>
        string.Join('\n', Enumerable.Range(0, count).Select(index => string.Format(null, format, index)));

    private static string Bomb() =>
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + string.Concat(Enumerable.Range(1, 9).Select(level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n"));
}

/// <summary>The folder of a golden path that is up to something.</summary>
public sealed class TemplateFolderOfAttack(string folder) : IDisposable
{
    private readonly List<Socket> _sockets = [];

    public TemplateFolderOfAttack File(string path) => Bytes(path, "x"u8.ToArray());

    public TemplateFolderOfAttack Text(string manifest) => Bytes("template.yaml", Encoding.UTF8.GetBytes(manifest));

    public TemplateFolderOfAttack Bytes(string path, IEnumerable<byte> content)
    {
        System.IO.File.WriteAllBytes(Place(path), content.ToArray());
        return this;
    }

    public void Link(string path, string target) => System.IO.File.CreateSymbolicLink(Place(path), target);

    public void Folder(string path)
    {
        System.IO.File.Delete(Place(path.TrimEnd('/')));
        Directory.CreateDirectory(Path.Combine(folder, path));
    }

    public void Huge(string path, int bytes)
    {
        using var file = System.IO.File.Create(Place(path));
        file.SetLength(bytes);
    }

    public void Many(string path, int count, int bytes)
    {
        for (var index = 0; index < count; index++)
        {
            var each = string.Format(null, path, index);
            if (each.EndsWith('/'))
            {
                Folder(each);
            }
            else
            {
                Huge(each, bytes);
            }
        }
    }

    public void Pipe(string path)
    {
        using var made = Process.Start("mkfifo", [Place(path)]);
        made.WaitForExit();
        made.ExitCode.Should().Be(0);
    }

    public void Socket(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Place(path)));
        _sockets.Add(socket);
    }

    /// <summary>What makes it a golden path but for the attack.</summary>
    public void FillUp()
    {
        if (!Path.Exists(Path.Combine(folder, "skeleton")))
        {
            File("skeleton/a.txt");
        }
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private string Place(string path)
    {
        var place = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        System.IO.File.Delete(place);
        return place;
    }
}
