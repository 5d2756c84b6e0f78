namespace Idp.Kubernetes.Events;

/// <summary>Lets a burst through, then one each while.</summary>
internal sealed class TokenBucket(int burst, TimeSpan refill, TimeProvider clock)
{
    private double _tokens = burst;
    private long _at = clock.GetTimestamp();

    public bool TryTake()
    {
        Fill();
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }

    private void Fill()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (clock.GetElapsedTime(_at, now) / refill));
        _at = now;
    }
}
