using Alignment.Feedback;

namespace Alignment.Samples;

/// <summary>Tells how far a model's feedback is, at each quarter of the rows.</summary>
internal sealed class CallLine : IProgress<CallProgress>
{
    public void Report(CallProgress value)
    {
        var quarter = Math.Max(1, value.Rows / 4);
        if (value.Done % quarter == 0) Screen.Line($"  {value.Done:N0} of {value.Rows:N0} rows, {value.Failed:N0} failed, {value.Totals.Requests:N0} calls so far, cost {value.Totals.Cost:F2}");
    }
}
