namespace Idp.Kubernetes.Apply;

/// <summary>How far one object's removal has come.</summary>
internal readonly record struct Removal(bool IsWaiting, string Message)
{
    public static Removal Gone => new(false, "");

    /// <summary>It is not removed, and that is meant so.</summary>
    public static Removal Left(string note) => new(false, note);

    /// <summary>It is still there.</summary>
    public static Removal Waiting(string why) => new(true, why);
}
