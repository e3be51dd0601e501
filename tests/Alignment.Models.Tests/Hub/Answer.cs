using System.Globalization;
using System.Text;

namespace Alignment.Models.Tests;

/// <summary>An answer to be sent, right or wrong in every way that a test needs.</summary>
internal sealed record Answer(int Status = 200)
{
    public byte[] Body { get; init; } = [];

    /// <summary>Bytes that are announced; by default those of the body. None where negative: then the connection ends the body.</summary>
    public long? Announced { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Before the connection is closed.</summary>
    public Func<Task>? Then { get; init; }

    public static Answer Redirect(string location, int status = 302) => new(status) { Headers = [("Location", location)] };

    /// <summary>The bytes from the position that was asked for on.</summary>
    public static Answer Part(byte[] file, int start) => start == 0
        ? new Answer { Body = file }
        : new Answer(206) { Body = file[start..], Headers = [Range(start, file.Length)] };

    public static (string Name, string Value) Range(int start, int length) =>
        ("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{length - 1}/{length}"));

    /// <summary>The same announcement, and a connection that is closed after some bytes.</summary>
    public Answer CutAfter(int bytes) => this with { Body = Body[..bytes], Announced = Announced ?? Body.Length };

    public byte[] Head()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} -\r\nConnection: close\r\n");
        if (Announced is not < 0) text.Append(CultureInfo.InvariantCulture, $"Content-Length: {Announced ?? Body.Length}\r\n");
        foreach (var (name, value) in Headers) text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        return Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
    }
}
