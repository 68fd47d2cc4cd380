// Keeps the link below the advice at the answer that is shown.
document.querySelector("steelyard-advice").addEventListener("steelyard-answer", ({ detail }) => {
  document.querySelector("#decision").href = detail.address;
});
