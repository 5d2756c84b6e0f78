namespace Idp.Operator.Repositories;

/// <summary>The operator's own records of ownership cannot be had, so nothing is decided by them.</summary>
/// <param name="message">What is wrong and what to do; holds no key.</param>
/// <param name="cause">What went wrong; null where nothing was thrown.</param>
public sealed class OwnershipUnknownException(string message, Exception? cause = null) : Exception(message, cause);
