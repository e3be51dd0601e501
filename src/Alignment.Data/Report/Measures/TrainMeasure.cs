namespace Alignment.Data.Reports;

/// <summary>A measure of the rows to train on alone.</summary>
internal abstract class TrainMeasure : Measure
{
    /// <summary>How many rows came.</summary>
    protected long Rows { get; private set; }

    public sealed override void Add(ReportRow row)
    {
        if (row.HeldOut) return;
        Rows++;
        AddTrain(row);
    }

    protected abstract void AddTrain(ReportRow row);

    /// <summary>A count as a share of the rows; 0 without rows.</summary>
    protected double Share(long count) => Rows == 0 ? 0 : (double)count / Rows;
}
