using System;

namespace TorchSharp;

public class AnomalyMode : IDisposable
{
    private readonly bool _before = IsEnabled;
    private readonly bool _checkedNaN = ShouldCheckNaN;

    public AnomalyMode(bool enabled, bool check_nan = true) => Shim.shim_set_anomaly(enabled, check_nan);

    public static bool IsEnabled => Shim.shim_anomaly_enabled();

    public static bool ShouldCheckNaN => Shim.shim_anomaly_checks_nan();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Shim.shim_set_anomaly(_before, _checkedNaN);
}
