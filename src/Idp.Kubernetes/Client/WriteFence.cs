using System.Net;

namespace Idp.Kubernetes.Client;

/// <summary>Lets no write through unless it may be sent now: the last to see a request before the connection.</summary>
/// <remarks>
/// <para>
/// Guarantees: whoever may not write sends nothing, even where its timers have not fired yet, because the process was
/// frozen or starved. Asked twice: before a connection is sought, which may take seconds, and when the body is about to
/// be written to one; a request whose body never comes does nothing.
/// </para>
/// <para>
/// What remains: between the last question and the socket lies no wait, but a process may be frozen right there, and what
/// is under way cannot be called back. For these the lease lasts longer than its holder may write, applies carry the
/// object's uid, and steps look before they act.
/// </para>
/// </remarks>
/// <param name="mayWrite">Whether writes may be sent at this moment; asked from any thread.</param>
public sealed class WriteFence(Func<bool> mayWrite) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Method != HttpMethod.Get)
        {
            ThrowIfClosed();
            request.Content = request.Content is { } body ? new FencedContent(body, ThrowIfClosed) : null;
        }

        return base.SendAsync(request, cancellationToken);
    }

    // To the callers it is a server that cannot be reached, which every one of them has to live with anyway.
    private void ThrowIfClosed()
    {
        if (!mayWrite())
        {
            throw new HttpRequestException("This process does not lead: nothing was sent.");
        }
    }

    private sealed class FencedContent : HttpContent
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
}
