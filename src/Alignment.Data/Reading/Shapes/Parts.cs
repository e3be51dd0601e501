namespace Alignment.Data.Reading;

/// <summary>What a row says of two responses.</summary>
internal readonly record struct PairParts(Transcript Prompt, Transcript Chosen, Transcript Rejected);

/// <summary>What a row says of one response.</summary>
internal readonly record struct ResponseParts(Transcript Prompt, Transcript Response);
