namespace Idp.Testing.Soak;

/// <summary>Reads an operator's <c>/metrics</c>.</summary>
internal sealed class OperatorMeters(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Every series as it is now.</summary>
    public async Task<Reading> ReadAsync(CancellationToken cancellationToken) =>
        new(await _http.GetStringAsync(new Uri("metrics", UriKind.Relative), cancellationToken));

    public void Dispose() => _http.Dispose();

    /// <summary>The series at one moment.</summary>
    internal readonly record struct Reading(string Text)
    {
        /// <summary>The sum of the series of one name whose labels have a text in them.</summary>
        /// <exception cref="InvalidOperationException">There is none.</exception>
        public double Sum(string name, string having = "")
        {
            var values = Text.Split('\n')
                .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is ' ' or '{')
                .Where(line => line.Contains(having, StringComparison.Ordinal))
                .Select(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), System.Globalization.CultureInfo.InvariantCulture))
                .ToList();
            return values.Count > 0 ? values.Sum() : throw new InvalidOperationException($"The operator shows no {name}.");
        }
    }
}
