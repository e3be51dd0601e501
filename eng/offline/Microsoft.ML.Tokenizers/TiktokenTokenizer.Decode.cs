using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace Microsoft.ML.Tokenizers;

public sealed partial class TiktokenTokenizer
{
    /// <summary>An id that names no token adds nothing; what is not UTF-8 becomes U+FFFD.</summary>
    public override string Decode(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var bytes = new List<byte>();
        foreach (var id in ids)
        {
            if (_vocabulary.Bytes.TryGetValue(id, out var token))
                bytes.AddRange(token);
        }

        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(bytes));
    }

    // Ids count as consumed once the last byte of their last character is written.
    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        ArgumentNullException.ThrowIfNull(ids);
        idsConsumed = charsWritten = 0;
        var pending = new List<byte>();
        var pendingIds = 0;
        foreach (var id in ids)
        {
            if (!_vocabulary.Bytes.TryGetValue(id, out var token))
                return OperationStatus.InvalidData;
            pending.AddRange(token);
            pendingIds++;

            switch (Utf8.Decode(CollectionsMarshal.AsSpan(pending), destination[charsWritten..], out _, out var written))
            {
                case OperationStatus.Done:
                    charsWritten += written;
                    idsConsumed += pendingIds;
                    pendingIds = 0;
                    pending.Clear();
                    break;
                case OperationStatus.NeedMoreData:
                    break;
                case var failed:
                    return failed;
            }
        }

        return pending.Count > 0 ? OperationStatus.NeedMoreData : OperationStatus.Done;
    }
}
