using System.Net;
using System.Net.Sockets;

namespace Alignment.Tests.Common;

/// <summary>A port of this machine behind which every connection is served by the test, which may do everything wrong. One request a connection.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _serve;

    /// <param name="serve">Reads a request and answers it; the connection is closed when it returns.</param>
    public LoopbackServer(Func<NetworkStream, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Address and port.</summary>
    public EndPoint EndPoint => _listener.LocalEndpoint;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var token = _stop.Token;
        while (!token.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(token), token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient connection, CancellationToken token)
    {
        using var open = connection;
        try
        {
            await _serve(connection.GetStream(), token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // the test is over, or the other side hung up
        }
    }
}
