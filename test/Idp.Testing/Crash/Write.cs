using System.Text.RegularExpressions;
using Idp.Testing.Proxy;

namespace Idp.Testing.Crash;

/// <summary>A write by what it does and the how many-th of its kind it is, since the order of writes is another in every run.</summary>
/// <param name="Name">Server, method and path; what differs between applications is left out.</param>
/// <param name="Occurrence">Counts from 1 within making or deleting one application.</param>
internal readonly partial record struct Write(string Name, int Occurrence)
{
    /// <summary>What a request of an application is called.</summary>
    public static string NameOf(string server, ProxiedRequest request, CrashApp app)
    {
        var path = new CanonicalForm(app.Name, new Dictionary<string, string>()).Text(Prefix().Replace(request.Path, ""));
        return $"{server} {request.Method} {RepositoryId().Replace(path, "repositories/ID")}";
    }

    /// <summary>Whether a request is a side effect: it changes something, and not only because time passes.</summary>
    /// <remarks>The operator's own key is made once for all applications of a cluster, so it is no side effect of one.</remarks>
    public static bool IsOne(ProxiedRequest request) => request.IsWrite && request.Resource is not ("leases" or "secrets");

    /// <summary>Returns the name, and the number where it is not the first.</summary>
    public override string ToString() => Occurrence == 1 ? Name : $"{Name} (no. {Occurrence})";

    [GeneratedRegex("^/(api/[^/]+/|apis/[^/]+/[^/]+/)?")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\brepositories/\d+")]
    private static partial Regex RepositoryId();
}
