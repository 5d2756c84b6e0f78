using Npgsql;

namespace Service.Tests;

public sealed class PostgresUrlTest
{
    [Fact]
    public void ReadsEveryPart()
    {
        var read = Read("postgresql://pay:p%40ss%3Aw%2Ford@db.internal:5433/pay%20db?sslmode=verify-full&connect_timeout=7");

        Assert.Equal("db.internal", read.Host);
        Assert.Equal(5433, read.Port);
        Assert.Equal("pay", read.Username);
        Assert.Equal("p@ss:w/ord", read.Password);
        Assert.Equal("pay db", read.Database);
        Assert.Equal(SslMode.VerifyFull, read.SslMode);
        Assert.Equal(7, read.Timeout);
        Assert.Equal(3, read.MaxPoolSize);
    }

    [Fact]
    public void KnowsShortAddresses()
    {
        var read = Read("postgres://pay@[::1]/pay");

        Assert.Equal("::1", read.Host);
        Assert.Equal(5432, read.Port);
        Assert.Null(read.Password);
    }

    [Theory]
    [InlineData("", "must be a URL")]
    [InlineData("mysql://user:secret@db/pay", "must be a URL")]
    [InlineData("postgresql:///pay", "must be a URL")]
    [InlineData("postgresql://user:secret@db/pay?Include%20Error%20Detail=true", "may have the parameters")]
    [InlineData("postgresql://user:secret@db/pay?sslmode=maybe", "has a value of sslmode")]
    [InlineData("postgresql://user:secret@db/pay?connect_timeout=soon", "has a value of connect_timeout")]
    public void SaysWhatIsWrong_WithoutThePassword(string url, string problem)
    {
        var said = PostgresUrl.Problem(url);

        Assert.StartsWith(problem, said, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
    }

    private static NpgsqlConnectionStringBuilder Read(string url) => new(PostgresUrl.ToConnectionString(url, 3));
}
