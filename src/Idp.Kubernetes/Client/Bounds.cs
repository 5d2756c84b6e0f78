namespace Idp.Kubernetes.Client;

/// <summary>The most bytes that are read of each kind of thing from outside. What counts is the size after decompression.</summary>
internal static class Bounds
{
    /// <summary>One object, alone, in a list or in a line of a watch: etcd takes 1.5 MiB of it, as it is installed.</summary>
    public const int Object = 8 * 1024 * 1024;

    /// <summary>A page of a list.</summary>
    public const long Page = 256L * 1024 * 1024;

    /// <summary>The Status that goes with a refusal.</summary>
    public const int Refusal = 256 * 1024;

    /// <summary>A file that names servers and credentials or holds them, or what a credential plugin prints.</summary>
    public const int Config = 1024 * 1024;
}
