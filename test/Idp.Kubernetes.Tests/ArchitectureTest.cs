using System.Text.RegularExpressions;

namespace Idp.Kubernetes.Tests;

/// <summary>Reads the source of the whole repository and keeps the house's order: docs/architecture.md.</summary>
public sealed partial class ArchitectureTest
{
    /// <summary>What a room may use beside itself.</summary>
    private static readonly Dictionary<string, string[]> Rooms = new()
    {
        ["Idp.Kubernetes"] = [],
        ["Idp.GitHub"] = [],
        ["Idp.Entities"] = ["Idp.Kubernetes"],
        ["Idp.Operator"] = ["Idp.Kubernetes", "Idp.GitHub", "Idp.Entities"],
        ["Idp.Sandbox"] = ["Idp.Kubernetes", "Idp.GitHub", "Idp.Entities"],
        ["Idp.CrdGenerator"] = ["Idp.Kubernetes", "Idp.Entities", "Idp.Operator"],
    };

    /// <summary>The packages of the rooms that are libraries, what their namespaces are called, and who may use them.</summary>
    private static readonly (string Package, string Names, string[] Rooms)[] Packages =
    [
        ("KubernetesClient.Aot", @"\bk8s\b", ["Idp.Kubernetes"]),
        ("Octokit", @"\bOctokit\b", ["Idp.GitHub"]),
        ("LibGit2Sharp", @"\bLibGit2Sharp\b", ["Idp.GitHub", "Idp.Sandbox"]),
    ];

    /// <summary>The folders of Idp.Kubernetes, in ranks: each uses its own folder and those of the ranks to its left.</summary>
    private static readonly string[][] Ranks =
        [["Model"], ["Queue", "Client"], ["Cache", "Leases", "Events"], ["Apply"], ["Controllers"], ["Hosting"]];

    /// <summary>Where an exception may be caught in the runtime, and why there.</summary>
    private static readonly string[] Catchers =
    [
        "Client/",                            // gives the transport's exceptions their meaning
        "Leases/",                            // a lease that cannot be reached is a state, not an end
        "Events/",                            // events are a courtesy
        "Cache/Watcher.cs",                   // never gives up
        "Apply/Applier",                      // collects the failures of many objects
        "Apply/ConflictWatcher.cs",           // a watch that breaks is missed by nobody
        "Apply/ForcedApply.cs",               // goes round a fault of old servers
        "Apply/StatusWriter.cs",              // an object that is gone needs no status
        "Controllers/Trigger.cs",             // a map that throws must not end the watch
        "Controllers/Controller.cs",          // the one place that retries
        "Controllers/Finalizers.cs",          // a failed test of a patch is an answer
        "Controllers/EntityReconciler.cs",    // an object that does not fit its type is a state
    ];

    private const string NativeThreads = "src/Idp.GitHub/Git/GitThread.cs";

    private const string HeapTrimmer = "src/Idp.Kubernetes/Hosting/HeapTrimmer.cs";

    internal static readonly string Root = FindRoot();
    private static readonly IReadOnlyList<Source> Sources = [.. ReadSources("src")];

    public static TheoryData<string, string> BannedWords => new()
    {
        { @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", "time is a parameter: TimeProvider" },
        { @"\bThread\.Sleep\b", "nothing blocks a thread" },
        { @"\bStopwatch\b", "time is a parameter: TimeProvider" },
        { @"\.(Result|GetAwaiter\(\)\.GetResult\(\))\s*[;,)]", "nothing blocks on a task" },
        { @"\.Wait\(\)", "nothing blocks on a task" },
        { @"\basync void\b", "every task has an owner that awaits it" },
        { @"\bConsole\.Write", "what is said is logged" },
        { @"#region\b", "a file that needs regions is two files" },
        { @"#pragma\s+warning\s+disable[^/]*$", "a warning is silenced with a reason on the same line, or not at all" },
        { @"//\s*(TODO|FIXME|HACK|XXX)\b", "what is not done is in the issues, not in the code" },
        { @"""current-context""", "kubeconfigs are read by KubernetesClient" },
        { @"secrets/kubernetes\.io", "the pod's account is read by KubernetesClient" },
        { @"\bGC\.Collect\b", "memory is the collector's; that of an idle process is given back in one place" },
    };

    [Fact]
    public void ARoom_UsesOnlyTheRoomsThatItMay() => Violations(
        from source in Sources
        from used in source.Uses
        let room = Rooms.Keys.Where(name => used == name || used.StartsWith(name + ".", StringComparison.Ordinal)).Max()
        where room is not null && room != source.Room && !Rooms[source.Room].Contains(room)
        select $"{source.Path} uses {used}");

    [Fact]
    public void Entities_KnowNothingOfTheRuntimeButTheModel() => Violations(
        from source in Sources
        where source.Room == "Idp.Entities"
        from used in source.Uses
        where used.StartsWith("Idp.Kubernetes.", StringComparison.Ordinal) && !used.StartsWith("Idp.Kubernetes.Model", StringComparison.Ordinal)
        select $"{source.Path} uses {used}");

    [Fact]
    public void InTheRuntime_AFolderUsesOnlyWhatStandsLeftOfIt() => Violations(
        from source in Sources
        where source.Room == "Idp.Kubernetes"
        from used in source.Uses
        where used.StartsWith("Idp.Kubernetes.", StringComparison.Ordinal)
        let folder = used.Split('.')[2]
        where folder != source.Folder && RankOf(folder) >= RankOf(source.Folder)
        select $"{source.Path} uses {used}");

    [Fact]
    public void TheTwoKinds_DoNotUseOneAnother() => Violations(
        from source in Sources
        where source.Room == "Idp.Operator"
        let other = source.Folder switch
        {
            "BackendApps" => "Idp.Operator.ApplicationEnvironments",
            "ApplicationEnvironments" => "Idp.Operator.BackendApps",
            _ => null,
        }
        where other is not null && source.Code.Contains(other, StringComparison.Ordinal)
        select $"{source.Path} uses {other}");

    [Fact]
    public void AProject_ReferencesOnlyTheRoomsThatItMay() => Violations(
        from room in Rooms.Keys
        from Match reference in Reference().Matches(File.ReadAllText(Path.Combine(Root, "src", room, room + ".csproj")))
        where !Rooms[room].Contains(reference.Groups[1].Value)
        select $"{room} references {reference.Groups[1].Value}");

    [Fact]
    public void PlansAndStatuses_ArePure() => Violations(
        from source in Sources
        where source.Room == "Idp.Operator" && PureFile().IsMatch(source.Path)
        from Match impure in Impure().Matches(source.Code)
        select $"{source.Path} says {impure.Value}");

    [Fact]
    public void RoomsThatAreLibraries_HaveOnlyTheirOwnPackages_AndKeepThemToThemselves() => Violations(
        from room in new[] { "Idp.Kubernetes", "Idp.GitHub", "Idp.Entities" }
        from Match package in Package().Matches(File.ReadAllText(Path.Combine(Root, "src", room, room + ".csproj")))
        where !Packages.Any(known => known.Rooms.Contains(room) && package.Value.Contains($"\"{known.Package}\" PrivateAssets=\"compile\"", StringComparison.Ordinal))
        select $"{room} has {package.Value}");

    [Fact]
    public void APackage_IsUsedInItsRoomsAlone() => Violations(
        from source in Sources
        from known in Packages
        where !known.Rooms.Contains(source.Room) && Regex.IsMatch(Literal().Replace(source.Code, ""), known.Names)
        select $"{source.Path} uses {known.Package}");

    [Fact]
    public void TheRuntime_CatchesOnlyWhereItSaysSo() => Violations(
        from source in Sources
        where source.Room == "Idp.Kubernetes" && Catch().IsMatch(source.Code)
        let place = source.Path["src/Idp.Kubernetes/".Length..]
        where !Catchers.Any(allowed => place.StartsWith(allowed, StringComparison.Ordinal))
        select source.Path);

    [Fact]
    public void WhatShips_UsesNoReflection() => Violations(
        from source in Sources
        where source.Room is "Idp.Kubernetes" or "Idp.GitHub" or "Idp.Entities" or "Idp.Operator"
        where source.Path != "src/Idp.Operator/Commands/VersionCommand.cs" // the assembly's version, which trimming keeps
        from Match reflection in Reflection().Matches(source.Code)
        select $"{source.Path} says {reflection.Value}");

    [Theory]
    [MemberData(nameof(BannedWords))]
    public void NobodySays(string pattern, string because) => Violations(
        from source in Sources
        where source.Room is not ("Idp.Sandbox" or "Idp.CrdGenerator") || !pattern.Contains("Console", StringComparison.Ordinal)
        where source.Path != "src/Idp.Operator/Program.cs" && !source.Path.Contains("/Cli/", StringComparison.Ordinal)
        where source.Path != NativeThreads || !pattern.Contains("GetResult", StringComparison.Ordinal)
        where source.Path != HeapTrimmer || !pattern.Contains("GC", StringComparison.Ordinal)
        from Match word in Regex.Matches(pattern.StartsWith("//", StringComparison.Ordinal) || pattern[0] == '#' ? source.Text : source.Code, pattern, RegexOptions.Multiline)
        select $"{source.Path} says {word.Value.Trim()}: {because}");

    [Fact]
    public void EveryDelay_NamesItsClock() => Violations(
        from source in Sources
        from Match delay in Delay().Matches(source.Code)
        where !delay.Value.Contains("lock", StringComparison.Ordinal) && !delay.Value.Contains("time", StringComparison.Ordinal)
        select $"{source.Path} says {delay.Value}");

    [Fact]
    public void NoFileIsLongerThan400Lines() => Violations(
        from source in Sources.Concat(ReadSources("test")).Concat(ReadSources("bench"))
        let lines = source.Text.Count(character => character == '\n')
        where lines > 400
        select $"{source.Path} has {lines} lines");

    [Fact]
    public void NoTestPassesOnLessThanItsNameSays() => Violations(
        from source in ReadSources("test")
        where !source.Path.StartsWith("test/Idp.Testing/Prerequisites/", StringComparison.Ordinal) && source.Text.Contains("REDU" + "CED", StringComparison.Ordinal)
        select $"{source.Path} goes on with a reduced check: test/Idp.Testing/Prerequisites skips it with the reason");

    [Fact]
    public void NamesSayWhatAThingIs() => Violations(
        from source in Sources
        where VagueName().IsMatch(Path.GetFileName(source.Path))
        select source.Path);

    private static int RankOf(string folder) => Array.FindIndex(Ranks, rank => rank.Contains(folder));

    private static void Violations(IEnumerable<string> found) => found.Should().BeEmpty();

    private static IEnumerable<Source> ReadSources(string folder) =>
        from path in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where !relative.Contains("/obj/", StringComparison.Ordinal) && !relative.Contains("/bin/", StringComparison.Ordinal)
        select new Source(relative, File.ReadAllText(path));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Idp.Operator.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("This does not run inside the repository.");
        }

        return directory.FullName;
    }

    [GeneratedRegex(@"<PackageReference [^>]*>")]
    private static partial Regex Package();

    [GeneratedRegex(@"(Plan|Status|Verdict|States?|Section|WorkloadPatches|/Sections/Databases/\w+)\.cs$")]
    private static partial Regex PureFile();

    [GeneratedRegex(@"\b(async|await|Task<|KubeClient|GitHubClient|HttpClient|TimeProvider|ILogger|IObjectReader|Guid\.NewGuid|Random\.Shared|File\.|Environment\.Get)")]
    private static partial Regex Impure();

    [GeneratedRegex(@"\bcatch\b\s*(\(|\r?\n)")]
    private static partial Regex Catch();

    [GeneratedRegex(@"\b(using System\.Reflection;|Activator\.CreateInstance|\.GetProperties\(|\.GetMethods?\(|MakeGeneric(Type|Method))")]
    private static partial Regex Reflection();

    [GeneratedRegex(@"Task\.Delay\([^;]*;")]
    private static partial Regex Delay();

    [GeneratedRegex(@"(Helper|Manager|Util|Utils)\.cs$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*/([\w.]+)\.csproj""")]
    private static partial Regex Reference();

    [GeneratedRegex(@"""(\\.|[^""\\\r\n])*""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^\s*///?.*$|(?<![:""])//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(Idp\.(?:Kubernetes|GitHub|Entities|Operator|Sandbox|CrdGenerator)(?:\.\w+)*)")]
    private static partial Regex Use();

    private sealed record Source(string Path, string Text)
    {
        /// <summary>The text without its comments, which may speak of anything.</summary>
        public string Code { get; } = Comment().Replace(Text, "");

        public string Room { get; } = Path.Split('/')[1];

        public string Folder { get; } = Path.Split('/')[2];

        /// <summary>The rooms and folders that the code names, its own namespace aside.</summary>
        public IReadOnlyList<string> Uses =>
            [.. Use().Matches(Literal().Replace(Code, "")).Select(match => match.Groups[1].Value).Distinct()];
    }
}
