namespace Alignment.Models;

/// <summary>Does something once, when it is disposed.</summary>
internal sealed class Ending(Action action) : IDisposable
{
    private Action? action = action;

    public void Dispose()
    {
        var once = action;
        action = null;
        once?.Invoke();
    }
}
