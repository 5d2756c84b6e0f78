namespace Idp.Sandbox.Tests.World;

/// <summary>Lets real time pass, for the one thing that only real time shows: that nothing happens.</summary>
internal static class Clock
{
    public static Task PassAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System);
}
