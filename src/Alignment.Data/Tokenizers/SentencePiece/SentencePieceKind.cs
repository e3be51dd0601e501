namespace Alignment.Data;

/// <summary>What an entry of a SentencePiece vocabulary is for, by its number in the file.</summary>
internal enum SentencePieceKind
{
    /// <summary>Made by merging.</summary>
    Normal = 1,

    /// <summary>Stands for what the vocabulary lacks.</summary>
    Unknown = 2,

    /// <summary>Never made from text.</summary>
    Control = 3,

    /// <summary>Found in the text before merging, and never merged.</summary>
    UserDefined = 4,

    /// <summary>A step of merging that is no token.</summary>
    Unused = 5,

    /// <summary>One byte of a character outside the vocabulary.</summary>
    Byte = 6,
}
