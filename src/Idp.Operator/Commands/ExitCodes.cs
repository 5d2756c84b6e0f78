namespace Idp.Operator.Commands;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>The manifest cannot be carried out; the output says why.</summary>
    public const int Refused = 1;

    /// <summary>The command line, a file or the cluster's address is not usable.</summary>
    public const int Usage = 2;
}
