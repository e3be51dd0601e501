using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Alignment.Feedback.Tests;

/// <summary>A small endpoint on this machine that speaks OpenAI's protocol, and can do everything wrong. One request a connection.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly LoopbackServer server;
    private readonly ConcurrentQueue<Asked> requests = [];

    public LocalServer(Func<Asked, Reply> answer)
    {
        server = new LoopbackServer(async (stream, token) =>
        {
            var asked = await ReadAsync(stream, token);
            requests.Enqueue(asked);
            var reply = answer(asked);
            if (reply.Stalls) await Task.Delay(Timeout.Infinite, token);
            await stream.WriteAsync(reply.Bytes(), token);
        });
        Address = $"http://{server.EndPoint}/v1";
    }

    public string Address { get; }

    /// <summary>All requests, in the order in which they came.</summary>
    public IReadOnlyList<Asked> Requests => [.. requests];

    public void Dispose() => server.Dispose();

    private static async Task<Asked> ReadAsync(NetworkStream stream, CancellationToken token)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, token) == 0) throw new IOException("No request.");
            head.Add(one[0]);
        }
        var headers = Encoding.ASCII.GetString([.. head]).Split("\r\n").Skip(1).Where(line => line.Contains(':', StringComparison.Ordinal))
            .ToDictionary(line => line[..line.IndexOf(':', StringComparison.Ordinal)], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(),
                StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, token);
        return new Asked(headers, Encoding.UTF8.GetString(body));
    }
}

/// <summary>A request.</summary>
internal sealed record Asked(IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The text of its last message.</summary>
    public string LastText
    {
        get
        {
            using var json = JsonDocument.Parse(Body);
            var content = json.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content");
            return content.ValueKind == JsonValueKind.String ? content.GetString()! : content[0].GetProperty("text").GetString()!;
        }
    }
}

/// <summary>What is sent back.</summary>
internal sealed record Reply(int Status, string Body)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Never answers.</summary>
    public bool Stalls { get; init; }

    /// <summary>Bytes of the body after which the connection is closed; null for all.</summary>
    public int? BreaksAfter { get; init; }

    public static Reply Text(string text, int input = 10, int output = 5, string? logprobs = null) => new(200, $$$"""
        {"id":"c1","object":"chat.completion","created":1700000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":{{{JsonSerializer.Serialize(text)}}}},"logprobs":{{{logprobs ?? "null"}}},"finish_reason":"stop"}],"usage":{"prompt_tokens":{{{input}}},"completion_tokens":{{{output}}},"total_tokens":{{{input + output}}}}}
        """);

    public static Reply Error(int status, string message) => new(status, $$$"""{"error":{"message":{{{JsonSerializer.Serialize(message)}}},"type":"error","param":null,"code":null}}""");

    public byte[] Bytes()
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} -\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n");
        foreach (var (name, value) in Headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body[..(BreaksAfter ?? body.Length)]];
    }
}
