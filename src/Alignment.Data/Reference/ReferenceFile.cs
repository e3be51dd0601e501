using System.Buffers.Binary;
using System.Globalization;
using Alignment.Data.Reading;
using Alignment.Training;
using Parquet;
using Parquet.Schema;

namespace Alignment.Data;

/// <summary>Log-probabilities of a reference as a Parquet file, so that they are computed once for many runs.</summary>
/// <remarks>
/// A row is a sequence: <c>key</c>, 32 hexadecimal digits of <see cref="SequenceKey"/>, and <c>log_probs</c>, a float32 for each predicted token, little
/// endian. The file's own metadata names the model and the tokenizer; <see cref="ReadAsync"/> refuses a file of others, and
/// <see cref="ReferenceLogProbs.Verify"/> computes some of the numbers again.
/// </remarks>
public static class ReferenceFile
{
    private const string Version = "1", VersionKey = "alignment.reference", ModelKey = "alignment.model", TokenizerKey = "alignment.tokenizer";
    private const int RowsPerGroup = 4096;

    private static readonly DataField Key = new DataField<string>("key");
    private static readonly DataField LogProbs = new DataField<byte[]>("log_probs");
    private static readonly ParquetSchema Schema = new(Key, LogProbs);   // a field can be read, too, only once it belongs to a schema

    /// <summary>Writes a file, which appears under its name only when it is complete.</summary>
    /// <param name="path">The file, by habit <c>.parquet</c>.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="cancellationToken">Ends the writing by an exception; a file that was there stays.</param>
    public static Task WriteAsync(string path, ReferenceLogProbs values, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(values);
        return AtomicFile.WriteAsync(path, stream => WriteAsync(stream, values, cancellationToken));
    }

    /// <summary>Reads a file and checks that it is of the model and the tokenizer that it is wanted for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">Fingerprint of the model, as <see cref="ModelFingerprint"/> gives it; null takes any.</param>
    /// <param name="tokenizer">Fingerprint of the tokenizer; null takes any.</param>
    /// <param name="cancellationToken">Ends the reading by an exception.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is something else, damaged, or of another model or tokenizer.</exception>
    public static async Task<ReferenceLogProbs> ReadAsync(string path, string? model = null, string? tokenizer = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'.", path);
        try
        {
            var file = await ParquetFile.OpenAsync(path, cancellationToken).ConfigureAwait(false);
            await using (file.ConfigureAwait(false))
            {
                var metadata = file.Reader.CustomMetadata;
                if (metadata.GetValueOrDefault(VersionKey) != Version)
                    throw new DataFormatException($"'{path}' must be a file of reference log-probabilities of version {Version}; its metadata '{VersionKey}' is '{metadata.GetValueOrDefault(VersionKey)}'.");
                Require(path, "model", metadata.GetValueOrDefault(ModelKey, ""), model);
                Require(path, "tokenizer", metadata.GetValueOrDefault(TokenizerKey, ""), tokenizer);
                return new ReferenceLogProbs(metadata.GetValueOrDefault(ModelKey, ""), metadata.GetValueOrDefault(TokenizerKey, ""), await ValuesAsync(path, file, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (Exception error) when (error is not (DataFormatException or OperationCanceledException))
        {
            throw new DataFormatException($"'{path}' is not a Parquet file that can be read: {error.Message}", error);
        }
    }

    private static async Task WriteAsync(Stream stream, ReferenceLogProbs values, CancellationToken cancellationToken)
    {
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = System.IO.Compression.CompressionLevel.Fastest };
        var writer = await ParquetWriter.CreateAsync(Schema, stream, options, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = new Dictionary<string, string> { [VersionKey] = Version, [ModelKey] = values.Model, [TokenizerKey] = values.Tokenizer };
            foreach (var rows in values.Values.OrderBy(entry => entry.Key.Value).Chunk(RowsPerGroup))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var group = writer.CreateRowGroup();
                await group.WriteAsync(Key, rows.Select(row => (string?)row.Key.ToString()).ToArray()).ConfigureAwait(false);
                await group.WriteAsync(LogProbs, rows.Select(row => (byte[]?)Bytes(row.Value)).ToArray()).ConfigureAwait(false);
                group.CompleteValidate();
            }
        }
    }

    private static async Task<List<KeyValuePair<SequenceKey, float[]>>> ValuesAsync(string path, ParquetFile file, CancellationToken cancellationToken)
    {
        var values = new List<KeyValuePair<SequenceKey, float[]>>();
        for (var i = 0; i < file.Reader.RowGroupCount; i++)
        {
            using var group = file.Rows(i);
            if (group.Count is < 0 or > RowsPerGroup) throw new DataFormatException(Invariant($"'{path}', row group {i} must have at most {RowsPerGroup} rows; has {group.Count}."));
            var (keys, numbers) = (new string?[group.Count], new byte[]?[group.Count]);
            await group.Of(Key).ReadAsync(Key, keys.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
            await group.Of(LogProbs).ReadAsync(LogProbs, numbers.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
            for (var row = 0; row < keys.Length; row++)
            {
                if (!UInt128.TryParse(keys[row], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key))
                    throw new DataFormatException(Invariant($"'{path}', row group {i}, row {row}, column 'key' must hold hexadecimal digits; holds '{keys[row]}'."));
                if (numbers[row] is not { } bytes || bytes.Length % sizeof(float) != 0)
                    throw new DataFormatException(Invariant($"'{path}', row group {i}, row {row}, column 'log_probs' must hold 4 bytes a token; holds {numbers[row]?.Length ?? 0}."));
                values.Add(new(new SequenceKey(key), Floats(bytes)));
            }
        }
        return values;
    }

    private static void Require(string path, string what, string has, string? wanted)
    {
        if (wanted is null || has == wanted) return;
        throw new DataFormatException($"'{path}' must be of the {what} '{wanted}'; is of '{has}'. Compute the log-probabilities again.");
    }

    private static byte[] Bytes(float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return bytes;
    }

    private static float[] Floats(byte[] bytes)
    {
        var values = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return values;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
