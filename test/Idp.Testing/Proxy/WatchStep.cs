using System.Text;
using System.Text.Json.Nodes;

namespace Idp.Testing.Proxy;

/// <summary>One step of what becomes of a watch that a <see cref="FaultProxy"/> passes on.</summary>
public sealed record WatchStep
{
    private WatchStep(WatchStepKind kind) => Kind = kind;

    /// <summary>The next event passes twice, as one and the same.</summary>
    public static WatchStep Repeat { get; } = new(WatchStepKind.Repeat);

    /// <summary>Of the next event, the first half passes.</summary>
    public static WatchStep PassHalf { get; } = new(WatchStepKind.PassPart) { Count = -1 };

    /// <summary>Nothing passes any more, while the connection stays.</summary>
    public static WatchStep Silence { get; } = new(WatchStepKind.Silence);

    /// <summary>The stream breaks: over HTTP/2 it is reset, over HTTP/1.1 the connection is closed.</summary>
    /// <remarks>As in a network, what was passed just before may be lost with it; <see cref="End"/> loses nothing.</remarks>
    public static WatchStep Reset { get; } = new(WatchStepKind.Reset);

    /// <summary>The stream ends in good order.</summary>
    public static WatchStep End { get; } = new(WatchStepKind.End);

    internal WatchStepKind Kind { get; }

    internal int Count { get; private init; }

    internal TimeSpan Time { get; private init; }

    internal byte[] Line { get; private init; } = [];

    /// <summary>That many events pass.</summary>
    public static WatchStep Pass(int events) => new(WatchStepKind.Pass) { Count = events };

    /// <summary>For so long, every event passes.</summary>
    public static WatchStep PassFor(TimeSpan time) => new(WatchStepKind.PassFor) { Time = time };

    /// <summary>Of the next event that many bytes pass, or all of them where it has fewer.</summary>
    public static WatchStep PassBytes(int bytes) => new(WatchStepKind.PassPart) { Count = bytes };

    /// <summary>An event that the server never sent is put in, at once.</summary>
    /// <param name="type">Such as <c>BOOKMARK</c>, or a type that does not exist.</param>
    /// <param name="content">The object.</param>
    public static WatchStep Send(string type, JsonObject content) => new(WatchStepKind.Send)
    {
        Line = Encoding.UTF8.GetBytes(new JsonObject { ["type"] = type, ["object"] = content.DeepClone() }.ToJsonString() + "\n"),
    };

    /// <summary>An event of the type <c>ERROR</c> is put in, at once; the server ends its stream after one.</summary>
    /// <param name="code">Such as 410.</param>
    /// <param name="reason">Such as <c>Expired</c>.</param>
    public static WatchStep SendError(int code, string reason) =>
        Send("ERROR", JsonNode.Parse(ProxyAnswer.StatusOf(code, reason))!.AsObject());
}
