using System.Net;

namespace Idp.Kubernetes.Client;

/// <summary>A body that asks once more when it is about to be written to a connection.</summary>
internal sealed class FencedContent : HttpContent
{
    private readonly HttpContent _body;
    private readonly Action _throwIfClosed;

    public FencedContent(HttpContent body, Action throwIfClosed)
    {
        (_body, _throwIfClosed) = (body, throwIfClosed);
        foreach (var (name, values) in body.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _throwIfClosed();
        return _body.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        _body.Dispose();
        base.Dispose(disposing);
    }
}
