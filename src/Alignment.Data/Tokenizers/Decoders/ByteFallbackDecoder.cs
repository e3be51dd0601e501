using System.Text;
using System.Text.Unicode;

namespace Alignment.Data;

/// <summary>Tokens of single bytes read together as UTF-8; where a run of them is none, each of its bytes is U+FFFD.</summary>
internal sealed class ByteFallbackDecoder : DecoderStep
{
    private readonly List<byte> _run = [];   // one wrong byte spoils all before it, so the run waits for its end

    public override void Add(string text, List<string> output)
    {
        if (ByteTokens.TryRead(text, out var value))
        {
            _run.Add(value);
            return;
        }

        Finish(output);
        output.Add(text);
    }

    public override void Finish(List<string> output)
    {
        if (_run.Count == 0)
            return;
        var bytes = _run.ToArray();
        _run.Clear();
        if (Utf8.IsValid(bytes))
            output.Add(Encoding.UTF8.GetString(bytes));
        else
            output.AddRange(Enumerable.Repeat("\uFFFD", bytes.Length));
    }
}
