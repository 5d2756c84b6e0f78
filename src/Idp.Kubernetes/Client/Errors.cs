using System.Net;
using System.Text.Json;

namespace Idp.Kubernetes.Client;

/// <summary>Turns answers into exceptions by meaning.</summary>
internal static class Errors
{
    /// <summary>Reads a refused request's answer.</summary>
    public static KubeException From(string what, HttpStatusCode code, ReadOnlySpan<byte> body, TimeSpan? retryAfter)
    {
        var status = Read(body);
        if (status is null)
        {
            // Something that is no API server answered (a load balancer), or the server has no such path.
            status = new KubeStatus { Code = (int)code, Message = $"the server answered {(int)code}" };
        }

        return From(what, status.Code == 0 ? status with { Code = (int)code } : status, retryAfter);
    }

    /// <summary>Gives a Status its exception.</summary>
    public static KubeException From(string what, KubeStatus status, TimeSpan? retryAfter = null)
    {
        var wait = retryAfter ?? (status.Details is { RetryAfterSeconds: > 0 and var seconds } ? TimeSpan.FromSeconds(seconds) : null);
        var message = $"{what}: {(status.Message.Length > 0 ? status.Message : status.Reason)}";
        return status.Code switch
        {
            401 => new UnauthorizedException(message, status),
            403 => new ForbiddenException(message, status),
            404 when IsOfObject(status) => new NotFoundException(message, status),
            404 => new KindNotFoundException($"{what}: the server does not serve this kind", status),
            409 when status.Reason == "AlreadyExists" => new AlreadyExistsException(message, status),
            409 => new ConflictException(message, status),
            410 => new GoneException(message, status),
            422 => new InvalidException(message, status),
            429 => new TooManyRequestsException(message, status, wait),
            >= 500 or 0 => new UnavailableException(message, status),
            _ => new BadRequestException(message, status),
        };
    }

    /// <summary>No answer came.</summary>
    public static UnavailableException Unreachable(string what, string why, Exception? cause) =>
        new($"{what}: {why}", new KubeStatus { Message = why }, cause);

    /// <summary>More came than is ever read.</summary>
    public static AnswerTooLargeException TooLarge(string what, string thing, long limit)
    {
        var why = $"{thing} is larger than the {limit / 1024} KiB that are read of it";
        return new AnswerTooLargeException($"{what}: {why}", new KubeStatus { Message = why });
    }

    // A missing object is named in the details; a path that nobody serves gets a plain "404 page not found".
    private static bool IsOfObject(KubeStatus status) =>
        status.Reason == "NotFound" && !string.IsNullOrEmpty(status.Details?.Name);

    private static KubeStatus? Read(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty || body[0] != (byte)'{')
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body, ClientJson.Default.KubeStatus);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
