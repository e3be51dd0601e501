using System.Runtime.InteropServices;

namespace Alignment.Training;

/// <summary>Lets a program end a run in order when it is asked to: Ctrl-C (SIGINT) and SIGTERM cancel a token instead of ending the process.</summary>
/// <remarks>
/// <code>
/// using var signals = new StopSignals();
/// trainer.Train(pairs, null, observer, signals.Token);   // finishes its step, saves a checkpoint, ends
/// return signals.ExitCode ?? 0;
/// </code>
/// The second signal ends the process at once; the newest complete checkpoint stays. SIGHUP is left alone, so that nohup works as always.
/// </remarks>
public sealed class StopSignals : IDisposable
{
    private const int Interrupt = 2, Terminate = 15;   // 128 is added, as shells do for a process that a signal ended

    private readonly CancellationTokenSource _stop = new();   // has no timer, so nothing to dispose, and a late signal finds it alive
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    /// <summary>Begins to listen.</summary>
    public StopSignals() => _registrations = [Listen(PosixSignal.SIGINT, 128 + Interrupt), Listen(PosixSignal.SIGTERM, 128 + Terminate)];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>What the program should return: 130 after Ctrl-C, 143 after SIGTERM; null where there was no signal.</summary>
    public int? ExitCode => Volatile.Read(ref _exitCode) is > 0 and var code ? code : null;

    /// <summary>Gives the signals their usual meaning back.</summary>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    private PosixSignalRegistration Listen(PosixSignal signal, int exitCode) => PosixSignalRegistration.Create(signal, context =>
    {
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0) return;   // the second one: what the signal does by itself
        context.Cancel = true;
        _stop.Cancel();
    });
}
