using System.Globalization;

namespace Idp.Sandbox.Demo;

/// <summary>Tells people what happens, one short line each, with the seconds since the beginning.</summary>
/// <remarks>Safe from any thread. Colours only where the output is a terminal and <c>NO_COLOR</c> is not set.</remarks>
internal sealed class Narrator(TextWriter output, TimeProvider clock, bool colours)
{
    private readonly Lock _lock = new();
    private readonly long _began = clock.GetTimestamp();
    private readonly List<(string Stage, TimeSpan Took)> _stages = [];

    /// <summary>Something happened.</summary>
    public void Say(string text) => Write("", text);

    /// <summary>A heading, set off from what is before.</summary>
    public void Head(string text)
    {
        lock (_lock)
        {
            output.WriteLine();
        }

        Write("1", text);
    }

    /// <summary>Something became as it should be.</summary>
    public void Good(string text) => Write("32", text);

    /// <summary>Something is not as it should be.</summary>
    public void Bad(string text) => Write("31", text);

    /// <summary>Text for people as it is, such as a table, without the time.</summary>
    public void Show(string text)
    {
        lock (_lock)
        {
            output.WriteLine(text.TrimEnd());
        }
    }

    /// <summary>Does a part of the work and remembers how long it took.</summary>
    public async Task<T> StageAsync<T>(string stage, Func<Task<T>> work)
    {
        Head(stage);
        var began = clock.GetTimestamp();
        var result = await work();
        _stages.Add((stage, clock.GetElapsedTime(began)));
        return result;
    }

    /// <inheritdoc cref="StageAsync{T}"/>
    public Task StageAsync(string stage, Func<Task> work) => StageAsync(stage, async () =>
    {
        await work();
        return true;
    });

    /// <summary>The seconds that each stage took.</summary>
    public void ShowStages()
    {
        Head("Seconds");
        foreach (var (stage, took) in _stages)
        {
            Show(string.Create(CultureInfo.InvariantCulture, $"  {took.TotalSeconds,6:0.0}  {stage}"));
        }
    }

    private void Write(string colour, string text)
    {
        var seconds = clock.GetElapsedTime(_began).TotalSeconds;
        var line = colours && colour.Length > 0 ? $"\u001b[{colour}m{text}\u001b[0m" : text;
        lock (_lock)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds,6:0.0} s  {line}"));
        }
    }
}
