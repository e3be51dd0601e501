using System.Globalization;

namespace Alignment.Data;

/// <summary>What happens to one row while it is encoded.</summary>
/// <param name="record">The row.</param>
/// <param name="index">Its place among those encoded together; null for one alone.</param>
internal sealed class RowNotes(IPromptRecord record, long? index)
{
    private string _reason = "";
    private Exception? _error;

    /// <summary>Why the row is left out; null while it is not.</summary>
    public DropCause? Cause { get; private set; }

    public int CutResponses { get; set; }

    public int CutPrompts { get; set; }

    public int SplitBorders { get; set; }

    public int BeginTokens { get; set; }

    /// <summary>Whether a text of the row spells a special token that stays text.</summary>
    public bool SpellsSpecialTokens { get; set; }

    public int SpelledEnds { get; set; }

    public int UnterminatedResponses { get; set; }

    public int PromptTokens { get; set; }

    public int ChosenTokens { get; set; }

    public int RejectedTokens { get; set; }

    public int ResponseTokens { get; set; }

    public int TrainedTokens { get; set; }

    /// <summary>Leaves the row out.</summary>
    public void Drop(DropCause cause, string reason, Exception? error = null) => (Cause, _reason, _error) = (cause, reason, error);

    /// <summary>The error that a left out row is, for those who asked for it to be one.</summary>
    public DataFormatException Dropped() => Error(_reason, _error);

    /// <summary>An error that names the row.</summary>
    public DataFormatException Error(string reason, Exception? error = null)
    {
        var name = string.Join(", ", ((string?[])
        [
            index is { } place ? string.Create(CultureInfo.InvariantCulture, $"row {place}") : null,
            record.Id is null ? null : $"id '{record.Id}'",
            record.Source is null ? null : $"source '{record.Source}'",
        ]).OfType<string>());
        var message = name.Length == 0 ? reason : $"{char.ToUpperInvariant(name[0])}{name[1..]}: {reason}";
        return error is null ? new DataFormatException(message) : new DataFormatException(message, error);
    }
}
