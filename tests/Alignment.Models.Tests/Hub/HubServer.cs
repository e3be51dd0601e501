using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Alignment.Models.Tests;

/// <summary>A small HTTP server on this machine that can also do everything wrong. One request a connection.</summary>
internal sealed class HubServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Asked> requests = [];
    private readonly Func<Asked, Answer> answer;

    public HubServer(Func<Asked, Answer> answer)
    {
        this.answer = answer;
        listener.Start();
        Address = new Uri($"http://{listener.LocalEndpoint}");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>All requests, in the order in which they came.</summary>
    public IReadOnlyList<Asked> Requests => [.. requests];

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var token = stop.Token;
        while (!token.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(token), token);
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
            var stream = connection.GetStream();
            var asked = await ReadAsync(stream, token);
            requests.Enqueue(asked);
            var sent = answer(asked);
            await stream.WriteAsync(sent.Head(), token);
            await stream.WriteAsync(sent.Body, token);
            if (sent.Then is not null) await sent.Then().WaitAsync(token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // the test is over, or the other side hung up
        }
    }

    private static async Task<Asked> ReadAsync(NetworkStream stream, CancellationToken token)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var path = (await reader.ReadLineAsync(token) ?? throw new IOException("No request.")).Split(' ')[1];
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(token) is { Length: > 0 } line)
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return new Asked(path, headers);
    }
}
