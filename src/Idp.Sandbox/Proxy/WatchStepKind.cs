namespace Idp.Sandbox.Proxy;

/// <summary>What a <see cref="WatchStep"/> does.</summary>
internal enum WatchStepKind
{
    Pass,
    PassPart,
    Repeat,
    Send,
    Silence,
    Reset,
    End,
}
