using System.Text.Json.Serialization;
using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>What a team may do in a repository; each permission holds those above it in this list.</summary>
[JsonConverter(typeof(StrictEnumConverter<RepositoryPermission>))]
public enum RepositoryPermission
{
    /// <summary>Read it.</summary>
    Pull,

    /// <summary>Manage issues and pull requests as well.</summary>
    Triage,

    /// <summary>Push to it as well.</summary>
    Push,

    /// <summary>Manage it, without what is dangerous.</summary>
    Maintain,

    /// <summary>Everything.</summary>
    Admin,
}
