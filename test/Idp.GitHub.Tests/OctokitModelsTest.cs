using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Idp.GitHub.Tests;

/// <summary>What Octokit makes by reflection alone has to be named, or a program that is compiled ahead of time cannot make it.</summary>
public sealed class OctokitModelsTest
{
    /// <summary>The models that are read: a method of Octokit's that is used returns one of them.</summary>
    private static readonly string[] Read =
        ["Repository", "RepositoryTopics", "Branch", "GitHubCommit", "RepositoryContent", "Team", "TeamRepository", "CustomPropertyValue", "Installation", "AccessToken",
            "PullRequest", "CheckRunsResponse", "CombinedCommitStatus"];

    [Fact]
    public void EverythingGenericWithinAModelIsNamed()
    {
        var octokit = Assembly.Load("Octokit");
        var found = new HashSet<Type>();
        foreach (var model in Read)
        {
            Walk(octokit.GetType($"Octokit.{model}", throwOnError: true)!, found);
        }

        var wanted = found.Where(type => type.IsGenericType && Nullable.GetUnderlyingType(type) is null).Select(Made);
        var named = typeof(GitHubClient).Assembly.GetType("Idp.GitHub.OctokitJson")!.GetConstructors().Single()
            .GetCustomAttributes<DynamicDependencyAttribute>().Select(each => each.Type!);

        var (have, need) = (named.Select(type => type.ToString()).ToHashSet(), wanted.Select(type => type.ToString()).ToHashSet());
        need.Except(have).Should().BeEmpty("a model needs them");
        have.Except(need).Should().BeEmpty("no model needs them");
    }

    /// <summary>What a member of that type is filled with.</summary>
    private static Type Made(Type type) =>
        type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? typeof(List<>).MakeGenericType(type.GetGenericArguments()) : type;

    private static void Walk(Type type, HashSet<Type> found)
    {
        if (!found.Add(type))
        {
            return;
        }

        foreach (var argument in type.GetGenericArguments())
        {
            Walk(argument, found);
        }

        if (type is { IsGenericType: false, Namespace: "Octokit" })
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
            {
                Walk(property.PropertyType, found);
            }
        }
    }
}
