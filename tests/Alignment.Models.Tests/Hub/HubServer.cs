using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Alignment.Models.Tests;

/// <summary>A small HTTP server on this machine that can also do everything wrong. One request a connection.</summary>
internal sealed class HubServer : IDisposable
{
    private readonly LoopbackServer server;
    private readonly ConcurrentQueue<Asked> requests = [];

    public HubServer(Func<Asked, Answer> answer)
    {
        server = new LoopbackServer(async (stream, token) =>
        {
            var asked = await ReadAsync(stream, token);
            requests.Enqueue(asked);
            var sent = answer(asked);
            await stream.WriteAsync(sent.Head(), token);
            await stream.WriteAsync(sent.Body, token);
            if (sent.Then is not null) await sent.Then().WaitAsync(token);
        });
        Address = new Uri($"http://{server.EndPoint}");
    }

    public Uri Address { get; }

    /// <summary>All requests, in the order in which they came.</summary>
    public IReadOnlyList<Asked> Requests => [.. requests];

    public void Dispose() => server.Dispose();

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
