using System.Reflection;
using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.CrdGenerator;

/// <summary>Every file that is generated.</summary>
internal static class GeneratedFiles
{
    private const string Header = "# Generated from src by idp-crds. Do not edit: change the code and run `make generate`.\n";

    /// <summary>The kinds, each with the page that explains it.</summary>
    private static readonly (Type Entity, string Page)[] Kinds =
    [
        (typeof(BackendApp), "docs/kinds/backendapp.md"),
        (typeof(ApplicationEnvironment), "docs/kinds/applicationenvironment.md"),
    ];

    public static IEnumerable<GeneratedFile> All(string root)
    {
        var documentation = Documentation.Of(typeof(BackendApp).Assembly, typeof(Condition).Assembly);
        foreach (var (entity, page) in Kinds)
        {
            var definition = CustomResourceDefinition.Of(entity, documentation);
            var name = definition["metadata"]?["name"]?.GetValue<string>().Split('.')[0];
            yield return new GeneratedFile($"config/crds/idp.dev_{name}.yaml", Header + Yaml.Print(definition));

            // The page is written by hand; only what stands between the markers is not.
            var path = Path.Combine(root, page);
            var text = File.Exists(path) ? File.ReadAllText(path) : FieldTable.EmptyPage;
            yield return new GeneratedFile(page, FieldTable.Insert(text, definition));
        }

        var rules = Roles.RulesOf(Assembly.Load("idp"), typeof(Condition).Assembly);
        yield return new GeneratedFile("config/operator/role.yaml", Header + Roles.Print(rules));
    }
}

/// <summary>One file that the code decides.</summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Content">The whole file.</param>
internal sealed record GeneratedFile(string Path, string Content);

/// <summary>Where the repository lies that this program was built in.</summary>
internal static class RepositoryRoot
{
    public static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Idp.Operator.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("This does not run inside the repository.");
    }
}
