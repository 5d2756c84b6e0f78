using System.Globalization;

namespace Idp.Sandbox.Demo;

/// <summary>Tells people what happens, one short line each, with the seconds since the beginning.</summary>
/// <remarks>
/// Safe from any thread. Colours only where the output is a terminal and <c>NO_COLOR</c> is not set. While something is under way that is
/// not yet worth a line, it says how long that has taken so far, so that nobody takes it for dead.
/// </remarks>
/// <param name="output">Who listens.</param>
/// <param name="clock">Where time comes from.</param>
/// <param name="colours">Whether lines may be coloured.</param>
/// <param name="silence">After how long without a line it says that it lives; ten seconds by default.</param>
internal sealed class Narrator(TextWriter output, TimeProvider clock, bool colours, TimeSpan? silence = null)
{
    private readonly TimeSpan _silence = silence ?? TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly long _began = clock.GetTimestamp();
    private long _last = clock.GetTimestamp();
    private readonly List<(string Stage, TimeSpan Took)> _stages = [];

    /// <summary>Something happened.</summary>
    public void Say(string text) => Write("", text);

    /// <summary>A heading, set off from what is before.</summary>
    public void Head(string text)
    {
        Line("");
        Write("1", text);
    }

    /// <summary>Something became as it should be.</summary>
    public void Good(string text) => Write("32", text);

    /// <summary>Something is not as it should be.</summary>
    public void Bad(string text) => Write("31", text);

    /// <summary>Text for people as it is, such as a table, without the time.</summary>
    public void Show(string text) => Line(text.TrimEnd());

    /// <summary>Does a part of the work and remembers how long it took.</summary>
    /// <param name="stage">What it is, as a heading.</param>
    /// <param name="work">The work.</param>
    /// <param name="progress">How far it is, such as <c>3 of 5 ready</c>; asked where there was nothing to say for a while.</param>
    public async Task<T> StageAsync<T>(string stage, Func<Task<T>> work, Func<string>? progress = null)
    {
        Head(stage);
        var began = clock.GetTimestamp();
        var result = await AccompanyAsync(stage, work, progress);
        _stages.Add((stage, clock.GetElapsedTime(began)));
        return result;
    }

    /// <inheritdoc cref="StageAsync{T}"/>
    public Task StageAsync(string stage, Func<Task> work, Func<string>? progress = null) => StageAsync(stage, () => WithResultAsync(work), progress);

    /// <summary>Does what is no part of the story, and says that it is still at it where that takes long.</summary>
    public Task AccompanyAsync(string what, Func<Task> work) => AccompanyAsync(what, () => WithResultAsync(work), progress: null);

    /// <summary>The seconds that each stage took.</summary>
    public void ShowStages()
    {
        Head("Seconds");
        foreach (var (stage, took) in _stages)
        {
            Show(string.Create(CultureInfo.InvariantCulture, $"  {took.TotalSeconds,6:0.0}  {stage}"));
        }
    }

    private async Task<T> AccompanyAsync<T>(string what, Func<Task<T>> work, Func<string>? progress)
    {
        var began = clock.GetTimestamp();
        await using var timer = clock.CreateTimer(_ => SayStill(what, began, progress), state: null, _silence / 10, _silence / 10);
        return await work();
    }

    private void SayStill(string what, long began, Func<string>? progress)
    {
        if (clock.GetElapsedTime(Interlocked.Read(ref _last)) >= _silence)
        {
            var far = progress is null ? "" : $", {progress()}";
            Say(string.Create(CultureInfo.InvariantCulture, $"  … {what}: {clock.GetElapsedTime(began).TotalSeconds:0} s so far{far}"));
        }
    }

    private static async Task<bool> WithResultAsync(Func<Task> work)
    {
        await work();
        return true;
    }

    private void Write(string colour, string text)
    {
        var seconds = clock.GetElapsedTime(_began).TotalSeconds;
        var line = colours && colour.Length > 0 ? $"\u001b[{colour}m{text}\u001b[0m" : text;
        Line(string.Create(CultureInfo.InvariantCulture, $"{seconds,6:0.0} s  {line}"));
    }

    private void Line(string text)
    {
        lock (_lock)
        {
            output.WriteLine(text);
            Interlocked.Exchange(ref _last, clock.GetTimestamp());
        }
    }
}
