namespace Idp.Testing.Proxy;

/// <summary>What a <see cref="WatchStep"/> does.</summary>
internal enum WatchStepKind
{
    Pass,
    PassFor,
    PassPart,
    Repeat,
    Send,
    Silence,
    Reset,
    End,
}
