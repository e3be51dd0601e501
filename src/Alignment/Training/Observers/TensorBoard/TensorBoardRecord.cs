using System.Buffers.Binary;

namespace Alignment.Training;

/// <summary>Events of TensorBoard as records of a TFRecord file.</summary>
/// <remarks>
/// Field numbers are those of <c>event.proto</c>, <c>summary.proto</c> and <c>tensor.proto</c> of TensorBoard. A record is its length (8 bytes), the
/// masked CRC-32C of the length, the event, and the masked CRC-32C of the event, all little endian.
/// </remarks>
internal static class TensorBoardRecord
{
    private const int SessionStart = 1;
    private const int TensorClass = 2;
    private const int StringType = 7;

    /// <summary>The first event of a file.</summary>
    public static byte[] Version(DateTimeOffset time) => Of(time, 0, message => message.Text(3, "brain.Event:2"));

    /// <summary>Says that a session begins: whatever other files of the folder say about this step and later ones is void.</summary>
    public static byte[] Session(DateTimeOffset time, long step) =>
        Of(time, step, message => message.Message(7, session => session.Integer(1, SessionStart)));

    /// <summary>Numbers of a step.</summary>
    public static byte[] Scalars(DateTimeOffset time, long step, IReadOnlyList<Metric> metrics) => Of(time, step, message => message.Message(5, summary =>
    {
        foreach (var (name, number) in metrics)
            summary.Message(1, value =>
            {
                value.Text(1, name);
                value.Float(2, (float)number);
            });
    }));

    /// <summary>A text, which TensorBoard shows as Markdown.</summary>
    public static byte[] Text(DateTimeOffset time, long step, string tag, string markdown) =>
        Of(time, step, message => message.Message(5, summary => summary.Message(1, value =>
        {
            value.Text(1, tag);
            value.Message(8, tensor =>
            {
                tensor.Integer(1, StringType);
                tensor.Message(2, _ => { });   // a shape without dimensions: one string
                tensor.Text(8, markdown);
            });
            value.Message(9, metadata =>
            {
                metadata.Message(1, plugin => plugin.Text(1, "text"));
                metadata.Integer(4, TensorClass);
            });
        })));

    /// <summary>Puts an event into a record.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> content)
    {
        const int Header = sizeof(ulong) + sizeof(uint);
        var record = new byte[Header + content.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), Crc32C.Masked(record.AsSpan(0, sizeof(ulong))));
        content.CopyTo(record.AsSpan(Header));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(Header + content.Length), Crc32C.Masked(content));
        return record;
    }

    private static byte[] Of(DateTimeOffset time, long step, Action<ProtobufWriter> write)
    {
        var message = new ProtobufWriter();
        message.Double(1, (time - DateTimeOffset.UnixEpoch).TotalSeconds);
        if (step != 0) message.Integer(2, step);   // as every writer of protocol buffers, which leave zeros out
        write(message);
        return Frame(message.Bytes);
    }
}
