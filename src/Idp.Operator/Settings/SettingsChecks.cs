using System.Text.RegularExpressions;
using Idp.Operator.Yaml;

namespace Idp.Operator.Settings;

/// <summary>Collects what is wrong with settings, each with its place in the file.</summary>
internal class SettingsChecks(YamlDocument document)
{
    private readonly List<FileError> _errors = [];

    /// <summary>The file.</summary>
    protected YamlDocument Document => document;

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<FileError> Errors => _errors;

    /// <summary>Every placeholder of a rule is one of these.</summary>
    public void Rule(string path, string rule, IReadOnlyList<string> names)
    {
        foreach (var name in Placeholders.NamesIn(rule))
        {
            Require(
                path,
                names.Contains(name),
                $"{{{name}}} is not known; there are {string.Join(", ", names.Select(n => $"{{{n}}}"))}");
        }
    }

    /// <summary>The value is an address without secrets in it.</summary>
    public void IsWeb(string path, Uri? address) => Require(
        path,
        address is { IsAbsoluteUri: true, Scheme: "https" or "http", UserInfo: "", Query: "", Fragment: "" },
        "must be an https address without credentials and query");

    /// <summary>The whole value is as the pattern says.</summary>
    public void Fits(string path, string value, string pattern, string expected, bool optional = false) => Require(
        path,
        (optional && value.Length == 0)
        || (value.Length <= 1024 && Regex.IsMatch(value, $@"\A({pattern})\z", RegexOptions.NonBacktracking)),
        $"must be {expected}");

    /// <summary>What is said holds.</summary>
    public void Require(string path, bool holds, string message)
    {
        if (!holds)
        {
            Add(path, message);
        }
    }

    /// <summary>Something is wrong.</summary>
    public void Add(string path, string message) => _errors.Add(document.Error(path, message));
}
