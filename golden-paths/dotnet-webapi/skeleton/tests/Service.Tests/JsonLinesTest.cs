using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Service.Tests;

public sealed class JsonLinesTest
{
    [Fact]
    public void ALineHasItsValues_AndTheIdsOfItsTrace()
    {
        using var activity = new Activity("request").SetParentId("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").Start();

        var line = Write([new("StatusCode", 200), new("Path", "/a\"b"), new("Message", "reserved"), new("{OriginalFormat}", "x")], null);

        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", line.GetProperty("trace_id").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), line.GetProperty("span_id").GetString());
        Assert.Equal("warning", line.GetProperty("level").GetString());
        Assert.Equal("said", line.GetProperty("message").GetString());
        Assert.Equal(200, line.GetProperty("status_code").GetInt32());
        Assert.Equal("/a\"b", line.GetProperty("path").GetString());
        Assert.False(line.TryGetProperty("error", out _));
    }

    [Fact]
    public void AnErrorStaysOnItsLine()
    {
        var line = Write([], new InvalidOperationException("first\nsecond"));

        Assert.Contains("first\nsecond", line.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(line.TryGetProperty("trace_id", out _));
    }

    private static JsonElement Write(List<KeyValuePair<string, object?>> state, Exception? error)
    {
        using var text = new StringWriter();
        var entry = new LogEntry<List<KeyValuePair<string, object?>>>(LogLevel.Warning, "test", default, state, error, (_, _) => "said");
        new JsonLines().Write(entry, null, text);
        var line = Assert.Single(text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return JsonDocument.Parse(line).RootElement;
    }
}
