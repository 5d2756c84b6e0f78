namespace Idp.Entities;

/// <summary>The finalizers of our kinds.</summary>
public static class Finalizers
{
    /// <summary>Keeps a BackendApp until its environments are gone and its repository is dealt with.</summary>
    public const string BackendApp = "idp.dev/backendapp";

    /// <summary>Keeps an ApplicationEnvironment until what it made is gone.</summary>
    public const string ApplicationEnvironment = "idp.dev/applicationenvironment";
}
