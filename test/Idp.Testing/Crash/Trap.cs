using System.Runtime.CompilerServices;
using Idp.Testing.Proxy;

namespace Idp.Testing.Crash;

/// <summary>Counts the operator's writes at the proxies, and kills it at one of them.</summary>
/// <remarks>From the kill until the next operator nothing passes: what the dead one had sent and the network still held is lost.</remarks>
/// <param name="kill">Kills the operator.</param>
internal sealed class Trap(Func<Task> kill)
{
    private readonly Lock _lock = new();
    private readonly ConditionalWeakTable<ProxiedRequest, object> _passed = [];
    private readonly List<Write> _writes = [];
    private CrashApp? _app;
    private CrashPoint? _point;
    private bool _isShut;

    /// <summary>Whether the operator died at the point that was set.</summary>
    public bool HasSprung { get; private set; }

    /// <summary>The writes since the trap was set, in the order of arrival.</summary>
    public IReadOnlyList<Write> Writes
    {
        get
        {
            lock (_lock)
            {
                return [.. _writes];
            }
        }
    }

    /// <summary>Puts the trap into a proxy.</summary>
    public void PutInto(FaultProxy proxy, string server)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        proxy.Before = request => BeforeAsync(server, request);
        proxy.After = request => AfterAsync(request);
    }

    /// <summary>Counts from here on, and waits for a point, or for none.</summary>
    public void Set(CrashApp app, CrashPoint? point)
    {
        lock (_lock)
        {
            (_app, _point, HasSprung) = (app, point, false);
            _writes.Clear();
        }
    }

    /// <summary>Lets requests pass again.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _isShut = false;
        }
    }

    private async ValueTask BeforeAsync(string server, ProxiedRequest request)
    {
        if (!TryPass(server, request, out var write))
        {
            request.Drop();
        }
        else if (write is { } counted && TrySpring(counted, CrashSide.Before))
        {
            await SpringAsync(request);
        }
    }

    private async ValueTask AfterAsync(ProxiedRequest request)
    {
        if (_passed.TryGetValue(request, out var write) && TrySpring((Write)write, CrashSide.After))
        {
            await SpringAsync(request);
        }
    }

    private bool TryPass(string server, ProxiedRequest request, out Write? write)
    {
        lock (_lock)
        {
            write = null;
            if (!_isShut && _app is { } app && Write.IsOne(request) && IsOf(app, request))
            {
                var name = Write.NameOf(server, request, app);
                write = new Write(name, _writes.Count(earlier => earlier.Name == name) + 1);
                _writes.Add(write.Value);
                _passed.Add(request, write.Value);
            }

            return !_isShut;
        }
    }

    private static bool IsOf(CrashApp app, ProxiedRequest request) =>
        request.Path.Contains(app.Name, StringComparison.Ordinal) || !CrashApp.Names(request.Path);

    private bool TrySpring(Write write, CrashSide side)
    {
        lock (_lock)
        {
            if (_isShut || HasSprung || _point is null || _point.Write != write || _point.Side != side)
            {
                return false;
            }

            return _isShut = true;
        }
    }

    private async Task SpringAsync(ProxiedRequest request)
    {
        await kill();
        request.Drop();
        HasSprung = true;
    }
}
