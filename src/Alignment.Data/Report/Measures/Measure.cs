namespace Alignment.Data.Reports;

/// <summary>Looks at rows one by one and says at the end what it saw. It keeps counters and hashes, never texts.</summary>
internal abstract class Measure
{
    /// <summary>Looks at a row; rows to train on come first, then held-out ones.</summary>
    public abstract void Add(ReportRow row);

    /// <summary>What was seen, or null where there is nothing to say; called once.</summary>
    /// <param name="findings">Takes what a reader should act on.</param>
    public abstract DataSection? Finish(FindingList findings);
}
