using System.Text.RegularExpressions;
using Idp.Sandbox.Processes;
using Idp.Sandbox.World;

namespace Idp.Operator.Tests.Documentation;

/// <summary>
/// What people are told to type works: each command is run by a test, or what it names is compared with the Makefile, the scripts, the program and the files that are there.
/// A command that this test does not know fails it.
/// </summary>
public sealed class CommandsOnThePagesTest
{
    private const string Installation = "test/Idp.EndToEnd.Tests/World/InstalledPlatform.cs";
    private const string Demo = "src/Idp.Sandbox/Demo/PlatformDemo.cs";
    private static readonly string[] Pages = ["README.md", "CONTRIBUTING.md", "docs/install.md", "docs/golden-paths.md"];

    /// <summary>Other programs' commands, with the file that runs them.</summary>
    private static readonly Dictionary<string, string> RunElsewhere = new()
    {
        ["kubectl create namespace idp-system"] = Installation,
        ["kubectl -n idp-system create secret generic idp-github-token --from-file=token=./github-token"] = Installation,
        ["kubectl apply -k config/default"] = "Makefile", // make install, which the installation's tests run
        ["kubectl apply -f idp-ownership-TIME.yaml"] = "test/Idp.EndToEnd.Tests/Installation/UninstallTest.cs",
        ["kubectl apply -f idp-released-TIME.yaml"] = "test/Idp.EndToEnd.Tests/Installation/UninstallTest.cs",
        ["kubectl get backendapps -A"] = Demo,
        ["kubectl get backendapps -A -o custom-columns=NAME:.metadata.name,FOLLOWS:.status.repository.template.version,OFFERED:.status.repository.template.update.version,PULL-REQUEST:.status.repository.template.update.url"] =
            "src/Idp.Sandbox/Demo/GoldenPathShow.cs",
        ["kubectl get applicationenvironments -n team-payments"] = Demo,
    };

    /// <summary>Other programs' commands that cannot be run here, and why.</summary>
    private static readonly Dictionary<string, string> NotRun = new()
    {
        ["docker push registry.example.com/idp-operator:0.1.0"] = "no registry",
        ["docker run --rm -i registry.example.com/idp-operator:0.1.0 plan --offline -f - < payment-service.yaml"] = "no container engine; CommandLineTest runs the program so",
        ["export PATH=$PWD/artifacts/publish:$PATH"] = "the folder is the one that make publish names",
        ["kustomize edit set image idp-operator=registry.example.com/idp-operator:0.1.0"] =
            "no kustomize beside kubectl's; RenderedInstallationTest makes the same change to the file",
        ["kubectl -n idp-system create secret generic idp-github-token --from-file=private-key.pem=./private-key.pem"] = "as the one with a token, which is run",
        ["kubectl -n idp-system rollout status deployment/idp-operator"] = "no Deployment is rolled out without nodes",
        ["kubectl -n idp-system create secret docker-registry idp-registry --docker-server=registry.example.com --docker-username=USER --docker-password=PASSWORD"] = "no image is pulled without nodes",
        ["kubectl -n idp-system patch serviceaccount idp-operator --patch '{\"imagePullSecrets\": [{\"name\": \"idp-registry\"}]}'"] = "no image is pulled without nodes",
        ["kubectl diff -k config/default"] = "only reads",
        ["kubectl wait --for=condition=Ready backendapp/payment-service -n team-payments --timeout=5m"] = "only reads",
        ["kubectl describe backendapp payment-service -n team-payments"] = "only reads",
    };

    [Fact]
    public async Task EveryCommandIsRunByATest_OrNamesWhatThereIs()
    {
        var commands = Pages.SelectMany(PageCommand.On).DistinctBy(command => (command.Page, command.Text)).ToList();
        List<string> wrong = [];
        foreach (var command in commands)
        {
            if (await WhatIsWrongAsync(command) is { } problem)
            {
                wrong.Add($"{command.Page}: {command.Text}: {problem}");
            }
        }

        wrong.Should().BeEmpty();
        commands.Should().HaveCountGreaterThan(25);
    }

    [Fact]
    public void NoCommandIsKnownThatStandsOnNoPage() =>
        RunElsewhere.Keys.Concat(NotRun.Keys).Except(Pages.SelectMany(PageCommand.On).Select(command => command.Text)).Should().BeEmpty();

    [Theory]
    [InlineData("make demo-that-is-not-there")]
    [InlineData("make uninstall FORCE=1")]
    [InlineData("hack/uninstall.sh --everything")]
    [InlineData("hack/absent.sh")]
    [InlineData("idp fly")]
    [InlineData("idp plan --filname x.yaml")]
    [InlineData("idp golden-path fly DIR")]
    [InlineData("idp golden-path check DIR --rendr out")]
    [InlineData("$EDITOR config/operator/platform.yml")]
    [InlineData("kubectl delete namespace kube-system")]
    [InlineData("dotnet test test/Idp.Absent.Tests")]
    [InlineData("dotnet run --project src/Idp.Absent -- plan")]
    [InlineData("dotnet run --project src/Idp.Operator -- plan --filname x.yaml")]
    public async Task ACommandThatNamesWhatIsNotThere_IsFound(string text) =>
        (await WhatIsWrongAsync(new PageCommand("README.md", text, ""))).Should().NotBeNull();

    private static async Task<string?> WhatIsWrongAsync(PageCommand command) => command.Words[0] switch
    {
        "make" => WrongOfMake(command.Words),
        "idp" => await WrongOfProgramAsync(command.Words),
        "dotnet" when command.Words.Contains("--") => await WrongOfRunAsync(command.Words),
        "cd" or "$EDITOR" or "dotnet" => Missing(command.Words[^1]),
        var script when script.StartsWith("hack/", StringComparison.Ordinal) => await WrongOfScriptAsync(command.Words),
        _ when RunElsewhere.TryGetValue(command.Text, out var file) => Missing(file) ?? MissingFiles(command),
        _ when NotRun.ContainsKey(command.Text) => MissingFiles(command),
        _ => "this test does not know it: have a test run it, or say why it cannot be run",
    };

    private static string? WrongOfMake(IReadOnlyList<string> words)
    {
        var makefile = File.ReadAllText(SandboxPaths.Below("Makefile"));
        foreach (var word in words.Skip(1))
        {
            var name = word.Split('=')[0];
            var found = word.Contains('=', StringComparison.Ordinal)
                ? makefile.Contains($"$({name})", StringComparison.Ordinal)
                : Regex.IsMatch(makefile, $"^{Regex.Escape(name)}:", RegexOptions.Multiline);
            if (!found)
            {
                return $"the Makefile knows no {name}";
            }
        }

        return null;
    }

    private static async Task<string?> WrongOfScriptAsync(IReadOnlyList<string> words)
    {
        if (Missing(words[0]) is { } missing)
        {
            return missing;
        }

        var help = (await new Command(SandboxPaths.Below(words[0]), "--help").RunAsync(CancellationToken.None)).Output;
        return WrongOption(words, help);
    }

    private static async Task<string?> WrongOfProgramAsync(IReadOnlyList<string> words)
    {
        List<string> verbs = [];
        foreach (var word in words.Skip(1).TakeWhile(word => !word.StartsWith('-')))
        {
            var help = await OperatorProgram.HelpAsync([.. verbs]);
            if (!help.Contains("\nCommands:", StringComparison.Ordinal))
            {
                break;
            }

            if (!Regex.IsMatch(help, $@"^  {Regex.Escape(word)}\b", RegexOptions.Multiline))
            {
                return $"the program knows no verb {string.Join(' ', [.. verbs, word])}";
            }

            verbs.Add(word);
        }

        return WrongOption(words, await OperatorProgram.HelpAsync([.. verbs]));
    }

    // dotnet run --project PROJECT -- what the program itself is told.
    private static async Task<string?> WrongOfRunAsync(IReadOnlyList<string> words)
    {
        var project = words.SkipWhile(word => word != "--project").Skip(1).First();
        return Missing(project) ?? await WrongOfProgramAsync(["idp", .. words.SkipWhile(word => word != "--").Skip(1)]);
    }

    private static string? WrongOption(IReadOnlyList<string> words, string help) => words
        .Where(word => word.StartsWith('-') && word != "--help")
        .Select(word => word.Split('=')[0])
        .FirstOrDefault(option => !Regex.IsMatch(help, $@"(?<![\w-]){Regex.Escape(option)}(?![\w-])")) is { } unknown
            ? $"there is no option {unknown}"
            : null;

    private static string? MissingFiles(PageCommand command) =>
        command.Folder.Length > 0 && Missing(command.Folder) is { } missing
            ? missing
            : command.Words.Zip(command.Words.Skip(1)).Where(pair => pair.First == "-k").Select(pair => Missing(pair.Second)).FirstOrDefault();

    private static string? Missing(string path) => Path.Exists(SandboxPaths.Below(path)) ? null : $"there is no {path}";
}
