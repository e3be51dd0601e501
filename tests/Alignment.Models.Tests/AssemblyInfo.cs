// The native library has its own threads, and the count of live tensors is that of the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
